namespace MlatExchange.Node.Ledger;

/// <summary>Names of the LISTEN/NOTIFY channels between processes of one node. Messages carry nothing: they only wake.</summary>
internal static class LogChannels
{
    public const string Appended = "mlat_appended";

    public const string Published = "mlat_published";
}
