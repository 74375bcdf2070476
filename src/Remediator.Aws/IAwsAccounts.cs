namespace Remediator.Aws;

/// <summary>Gives a client for any account and region.</summary>
public interface IAwsAccounts
{
    IAws For(string account, string region);
}
