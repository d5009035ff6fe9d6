namespace MlatExchange.Node.Pages.Requests;

/// <summary>The requests of the reader's authority.</summary>
public sealed class IndexModel() : ListPage("/api/requests");
