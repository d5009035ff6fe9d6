using System.Text;
using System.Text.Json;
using MlatExchange.Domain;
using MlatExchange.Domain.Requests;
using MlatExchange.Node.Storage;

namespace MlatExchange.Node.Tests.Storage;

/// <summary>Small events for tests of the store.</summary>
internal static class Given
{
    public static NewEvent Event(string type = "test.noted.v1", string data = """{"code":"a"}""", string? headers = null, Guid? id = null) =>
        new(id ?? Guid.CreateVersion7(), type, Encoding.UTF8.GetBytes(data), headers is null ? default : Encoding.UTF8.GetBytes(headers));

    public static NewEvent Event(RequestEvent happened) =>
        Event(EventNames.Domain[happened.GetType()].Name, JsonSerializer.Serialize(happened, happened.GetType(), EventJson.Options));

    /// <summary>A request that was drafted, revised and taken back.</summary>
    public static RequestEvent[] Story()
    {
        using var example = new StreamReader(typeof(IEventStore).Assembly.GetManifestResourceStream("request.example.json")!);
        var facts = RequestContent.Parse(Encoding.UTF8.GetBytes(example.ReadToEnd()), "XA").Value!.Facts;
        var (by, at) = (new Official(new("official-1"), "drafter", "xa-judge"), new DateTimeOffset(2026, 6, 1, 12, 0, 0, 123, TimeSpan.Zero));
        return [new RequestEvent.Drafted(facts, "thread-1", by, at), new RequestEvent.Revised(facts, 2, by, at), new RequestEvent.Withdrawn(WithdrawalGround.NoLongerNeeded, null, by, at)];
    }

    /// <summary>A state as JSON, so that two can be compared.</summary>
    public static string Text(AssistanceRequest state) => JsonSerializer.Serialize(state, state.GetType(), EventJson.Options);

    public static NewEvent[] Events(int count) => [.. Enumerable.Range(1, count).Select(n => Event(data: $$"""{"n":{{n}}}"""))];

    public static string Stream() => $"request-{Guid.CreateVersion7()}";

    public static string Text(this ReadOnlyMemory<byte> json) => Encoding.UTF8.GetString(json.Span);
}
