namespace MlatExchange.Node.Access;

/// <summary>States beside a route who may call it.</summary>
public static class RoleRequirement
{
    /// <summary>The roles of which the caller needs one.</summary>
    public static TBuilder For<TBuilder>(this TBuilder builder, params string[] roles)
        where TBuilder : IEndpointConventionBuilder => builder.RequireAuthorization(policy => policy.RequireRole(roles));
}
