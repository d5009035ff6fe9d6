using System.Text;
using MlatExchange.Node.Storage;

namespace MlatExchange.Node.Tests.Storage;

/// <summary>Small events for tests of the store.</summary>
internal static class Given
{
    public static NewEvent Event(string type = "test.noted.v1", string data = """{"code":"a"}""", string? headers = null, Guid? id = null) =>
        new(id ?? Guid.CreateVersion7(), type, Encoding.UTF8.GetBytes(data), headers is null ? default : Encoding.UTF8.GetBytes(headers));

    public static NewEvent[] Events(int count) => [.. Enumerable.Range(1, count).Select(n => Event(data: $$"""{"n":{{n}}}"""))];

    public static string Stream() => $"request-{Guid.CreateVersion7()}";

    public static string Text(this ReadOnlyMemory<byte> json) => Encoding.UTF8.GetString(json.Span);
}
