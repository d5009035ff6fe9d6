namespace MlatExchange.Node.Pages.Transfers;

/// <summary>Transfers of the reader's authority, both ways.</summary>
public sealed class IndexModel() : ListPage("/api/transfers");
