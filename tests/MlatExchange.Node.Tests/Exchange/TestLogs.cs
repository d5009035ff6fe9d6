using System.Collections.Concurrent;
using Microsoft.Extensions.Logging;

namespace MlatExchange.Node.Tests.Exchange;

/// <summary>Keeps log lines, so that a test can ask for an alarm and a failing one shows what happened.</summary>
public sealed class TestLogs(string who) : ILoggerFactory
{
    private readonly ITestOutputHelper? _output = TestContext.Current.TestOutputHelper;

    public ConcurrentQueue<(LogLevel Level, int Event, string Line)> Lines { get; } = new();

    public ILogger CreateLogger(string categoryName) => new Logger(this, categoryName[(categoryName.LastIndexOf('.') + 1)..]);

    public void AddProvider(ILoggerProvider provider) { }

    public void Dispose() { }

    private void Write(LogLevel level, EventId id, string line)
    {
        Lines.Enqueue((level, id.Id, line));
        try
        {
            _output?.WriteLine($"{who} {level}: {line}");
        }
        catch (InvalidOperationException)
        {
            // the test is over
        }
    }

    private sealed class Logger(TestLogs logs, string category) : ILogger
    {
        public IDisposable? BeginScope<TState>(TState state) where TState : notnull => null;

        public bool IsEnabled(LogLevel logLevel) => logLevel >= LogLevel.Information;

        public void Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter)
        {
            if (IsEnabled(logLevel)) logs.Write(logLevel, eventId, $"{category}: {formatter(state, exception)} {exception?.GetType().Name}");
        }
    }
}
