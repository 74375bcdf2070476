namespace Remediator.Aws;

/// <summary>A session of a role: under which name, for whom, and how far it reaches.</summary>
/// <param name="Name">Under this name the use of the role shows up in CloudTrail.</param>
public sealed record RoleSession(string Name)
{
    /// <summary>What the session may do of what the role may, as the JSON of a policy; null for all of it.</summary>
    public string? Policy { get; init; }

    /// <summary>The person whom CloudTrail names beside every call of the session; null for nobody.</summary>
    public string? SourceIdentity { get; init; }
}

/// <summary>Whose credentials calls in an account are made with.</summary>
public enum AccountCredentials
{
    /// <summary>Those at hand.</summary>
    Own,

    /// <summary>A role's, all that it may do.</summary>
    Role,

    /// <summary>A role's, limited to what each session is for.</summary>
    LimitedRole,
}
