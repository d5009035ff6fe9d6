namespace MlatExchange.Node.Access;

/// <summary>The roles a token may carry. A caller acts only for the authority of the claim.</summary>
public static class Role
{
    public const string Drafter = "drafter";
    public const string Assessor = "assessor";
    public const string Approver = "approver";
    public const string Signer = "signer";
    public const string Judge = "judge";
    public const string ExecutingProsecutor = "executing-prosecutor";
    public const string RequestingProsecutor = "requesting-prosecutor";
    public const string Oversight = "oversight";
    public const string Operator = "operator";

    public static readonly IReadOnlySet<string> All = new HashSet<string>(StringComparer.Ordinal)
    {
        Drafter, Assessor, Approver, Signer, Judge, ExecutingProsecutor, RequestingProsecutor, Oversight, Operator,
    };

    /// <summary>Roles that see an authority's cases; oversight and operators do not.</summary>
    public static readonly string[] Case = [Drafter, Assessor, Approver, Signer, Judge, ExecutingProsecutor, RequestingProsecutor];
}
