namespace MlatExchange.Node.Pages.Received;

/// <summary>Requests addressed to the reader's authority.</summary>
public sealed class IndexModel() : ListPage("/api/received");
