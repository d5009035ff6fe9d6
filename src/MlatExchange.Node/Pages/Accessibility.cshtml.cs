namespace MlatExchange.Node.Pages;

/// <summary>What the pages promise and where their parts come from.</summary>
public sealed class AccessibilityModel : NodePage;
