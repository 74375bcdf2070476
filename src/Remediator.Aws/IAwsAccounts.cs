namespace Remediator.Aws;

/// <summary>Gives the way to AWS in any account and region.</summary>
public interface IAwsAccounts
{
    IAws For(string account, string region);
}
