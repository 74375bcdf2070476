using System.Text.RegularExpressions;
using Remediator.Aws.Models;
using Remediator.Change.Sessions;
using Remediator.Emulator;

namespace Remediator.Tests.Authoring.Permissions;

public partial class ServicePermissionsTests
{
    /// <summary>Permitted if the policy rolls back, with the permissions of the playbooks.</summary>
    private static readonly string[] Derived = ["config:GetResourceConfigHistory", "cloudformation:DescribeStacks"];

    /// <summary>IAM requires no permission.</summary>
    private const string Free = "sts:GetCallerIdentity";

    /// <summary>Called by the service itself, not by a playbook.</summary>
    private static IEnumerable<string> Operations => Directory.EnumerateFiles(
        Repository.At("src", "Remediator"), "*.cs", SearchOption.AllDirectories)
        .SelectMany(f => Calls().Matches(File.ReadAllText(f)).Select(m => m.Groups[1].Value))
        .Distinct();

    [Fact]
    public void Every_operation_that_the_service_calls_is_in_the_models()
    {
        Assert.NotEmpty(Operations);
        Assert.All(Operations, operation => Assert.NotNull(ModelCatalog.Find(operation)));
    }

    [Theory]
    [InlineData("template.yaml", "")]
    [InlineData("deploy/member.yaml", "sns:")]
    public void Every_operation_that_the_service_calls_is_permitted_by_the_template(string template, string notThere)
    {
        var text = File.ReadAllText(Repository.At(template));
        var actions = Operations.Where(o => o is not Free && !Derived.Contains(o)).Where(
            o => notThere.Length == 0 || !o.StartsWith(notThere, StringComparison.Ordinal))
            .Select(o => o.Replace("resourcegroupstaggingapi:", "tag:", StringComparison.Ordinal));

        Assert.All(actions, action => Assert.Matches($@"\b{action}\b", text));
    }

    [Fact]
    public void Every_operation_that_the_service_calls_in_accounts_is_within_the_session_that_it_reads_in() => Assert.All(
        Operations.Where(o => o is not Free && o.Split(':')[0] is not ("kms" or "sns")),
        operation => Assert.Contains(operation, ReadSession.Operations));

    [GeneratedRegex("""(?:CallAsync|PagesAsync)\("([a-z0-9]+:[A-Z][A-Za-z0-9]+)""")]
    private static partial Regex Calls();
}
