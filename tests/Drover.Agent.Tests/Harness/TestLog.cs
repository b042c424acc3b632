using Microsoft.Extensions.Logging;

namespace Drover.Agent.Tests.Harness;

/// <summary>Keeps what is logged.</summary>
internal sealed class TestLog : ILoggerFactory, ILogger
{
    private readonly Lock _lock = new();

    public List<string> Lines { get; } = [];

    /// <summary>Lines of level error and above.</summary>
    public List<string> Errors { get; } = [];

    public ILogger CreateLogger(string categoryName) => this;

    public void AddProvider(ILoggerProvider provider)
    {
    }

    public void Dispose()
    {
    }

    public IDisposable? BeginScope<TState>(TState state)
        where TState : notnull
        => null;

    public bool IsEnabled(LogLevel logLevel) => true;

    public void Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter)
    {
        lock (_lock)
        {
            Lines.Add($"{logLevel}: {formatter(state, exception)} {exception}");
            if (logLevel >= LogLevel.Error) Errors.Add(Lines[^1]);
        }
    }
}
