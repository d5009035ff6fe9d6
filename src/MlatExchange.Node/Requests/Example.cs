namespace MlatExchange.Node.Requests;

/// <summary>Synthetic bodies that stand in <c>contracts/</c>: no real person, service or number.</summary>
public static class Example
{
    /// <summary><c>contracts/http/request.example.json</c>.</summary>
    public static string Request { get; } = Read("request.example.json");

    /// <summary><c>contracts/http/transfer.example.json</c>: what the sealing tool wrote of one small file, to keys that nobody has.</summary>
    public static string Transfer { get; } = Read("transfer.example.json");

    /// <summary><c>contracts/evidence/custody.example.jwt</c>: a signed custody record, of the transfer that the other examples name.</summary>
    public static string Custody { get; } = Read("custody.example.jwt").Trim();

    private static string Read(string name) => new StreamReader(typeof(Example).Assembly.GetManifestResourceStream(name)!).ReadToEnd();
}
