using System.Text.Json.Nodes;
using Remediator.Aws;
using Remediator.EndToEnd.Tests.Emulation;
using Remediator.Values;

namespace Remediator.EndToEnd.Tests.Cli;

/// <summary>Accounts as the emulator's Organizations has them.</summary>
[Collection(OnTheEmulator.Name)]
public sealed class AccountsOnTheEmulatorTests(EmulatorFixture on) : IDisposable
{
    private readonly CommandRun cli = new(on);

    public void Dispose() => cli.Dispose();

    [Fact]
    public async Task Accounts_of_an_organization_become_lines_of_a_policy_that_lint_takes()
    {
        await OrganizeAsync();
        var root = (await cli.CallAsync("organizations:ListRoots", [])).Member("Roots")[0].TextOf("Id")!;
        var unit = await UnitAsync(root, $"Prod-{Guid.NewGuid():N}");
        var inner = await UnitAsync(unit.Id, "Shop");
        var account = await AccountAsync(root, inner.Id);
        var policy = await cli.FileAsync("policy.yaml", "defaults: {mode: observe}   # ours\n");

        var ran = await cli.RunAsync(
            "accounts", "import", "--team-tag", "Team", "--value", "cost-center=CostCenter", "--write", policy, "--json");

        Assert.Equal(0, ran.ExitCode);
        Assert.Contains(account, ran.Json.Member("added").EnumerateArray().Select(a => a.GetString()));
        var text = await File.ReadAllTextAsync(policy);
        Assert.StartsWith("defaults: {mode: observe}   # ours\n", text, StringComparison.Ordinal);
        Assert.Contains(
            $"  '{account}': {{name: shop-prod, ou: Root/{unit.Name}/Shop, team: shop, values: {{cost-center: '4711'}}}}\n",
            text,
            StringComparison.Ordinal);
        Assert.Equal(0, (await cli.RunAsync("lint", policy)).ExitCode);
    }

    private async Task OrganizeAsync()
    {
        try
        {
            await cli.CallAsync("organizations:CreateOrganization", new() { ["FeatureSet"] = "ALL" });
        }
        catch (AwsException e) when (e.Code is "AlreadyInOrganizationException")
        {
            // Another test made it.
        }
    }

    private async Task<(string Id, string Name)> UnitAsync(string parent, string name)
    {
        var made = await cli.CallAsync("organizations:CreateOrganizationalUnit", new() { ["ParentId"] = parent, ["Name"] = name });
        return (made.Member("OrganizationalUnit").TextOf("Id")!, name);
    }

    private async Task<string> AccountAsync(string root, string unit)
    {
        var made = await cli.CallAsync("organizations:CreateAccount", new()
        {
            ["AccountName"] = "shop-prod",
            ["Email"] = $"{Guid.NewGuid():N}@example.com",
        });
        var id = made.Member("CreateAccountStatus").TextOf("AccountId")!;
        await cli.CallAsync("organizations:MoveAccount", new()
        {
            ["AccountId"] = id,
            ["SourceParentId"] = root,
            ["DestinationParentId"] = unit,
        });
        await cli.CallAsync("organizations:TagResource", new()
        {
            ["ResourceId"] = id,
            ["Tags"] = new JsonArray(
                new JsonObject { ["Key"] = "Team", ["Value"] = "shop" },
                new JsonObject { ["Key"] = "CostCenter", ["Value"] = "4711" }),
        });
        return id;
    }
}
