var builder = WebApplication.CreateBuilder(args);
var app = builder.Build();
app.MapGet("/health/live", () => Results.Ok());
app.Run();

/// <summary>The node's entry point; public so that tests can start it in process.</summary>
public partial class Program;
