using MlatExchange.Scenarios;

namespace MlatExchange.Pages.Tests;

/// <summary>A page to look at, and as whom.</summary>
/// <param name="Name">File name of its picture.</param>
public sealed record Stop(string Name, Jurisdiction At, string Path, string Authority, params string[] Roles);

/// <summary>Every page there is, with something on it.</summary>
public static class Tour
{
    public static Task<IReadOnlyList<Stop>> Of(Nodes nodes)
    {
        IReadOnlyList<Stop> stops =
        [
            new("sign-in", nodes.Xa, "/sign-in", ""),
            new("signed-out", nodes.Xa, "/sign-out", ""),
            new("accessibility", nodes.Xa, "/accessibility", ""),
            new("not-found", nodes.Xa, "/nowhere", "xa-judge", "drafter"),
            new("work-list", nodes.Xa, "/", "xa-judge", "drafter", "assessor", "approver", "signer", "judge", "requesting-prosecutor"),
            new("requests", nodes.Xa, "/requests", "xa-judge", "drafter"),
            new("received", nodes.Xb, "/received", "xb-central", "executing-prosecutor"),
            new("transfers", nodes.Xa, "/transfers", "xa-judge", "requesting-prosecutor"),
        ];
        return Task.FromResult(stops);
    }
}
