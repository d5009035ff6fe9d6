namespace MlatExchange.Node.Requests;

/// <summary>The synthetic request of <c>contracts/http/request.example.json</c>: no real person, service or number.</summary>
public static class Example
{
    public static string Request { get; } = new StreamReader(typeof(Example).Assembly.GetManifestResourceStream("request.example.json")!).ReadToEnd();
}
