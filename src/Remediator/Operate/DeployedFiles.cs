using Remediator.Playbooks;

namespace Remediator.Operate;

/// <summary>What a policy and a folder of playbooks are known by: two that are equal byte for byte have the same.</summary>
internal sealed record DeployedFiles(string Policy, string Playbooks)
{
    public static DeployedFiles Of(string policyFile, string playbookFolder) => new(
        PlaybookLibrary.HashOf(File.ReadAllText(policyFile)),
        PlaybookLibrary.HashOf(string.Concat(PlaybookLibrary.Names(playbookFolder)
            .Select(name => $"{name} {PlaybookLibrary.HashOf(File.ReadAllText(Path.Combine(playbookFolder, $"{name}.yaml")))}\n"))));
}
