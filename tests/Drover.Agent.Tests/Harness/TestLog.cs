using Microsoft.Extensions.Logging;

namespace Drover.Agent.Tests.Harness;

/// <summary>Keeps what is logged.</summary>
internal sealed class TestLog : ILoggerFactory, ILogger
{
    private readonly Lock _lock = new();
    private readonly List<(string Words, TaskCompletionSource Said)> _awaited = [];

    public List<string> Lines { get; } = [];

    /// <summary>Lines of level error and above.</summary>
    public List<string> Errors { get; } = [];

    /// <summary>Until a line with these words is logged, from the beginning on.</summary>
    public Task SaysAsync(string words, TimeSpan within)
    {
        lock (_lock)
        {
            if (Lines.Any(line => line.Contains(words, StringComparison.Ordinal))) return Task.CompletedTask;
            var said = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
            _awaited.Add((words, said));
            return said.Task.WaitAsync(within);
        }
    }

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
            foreach (var (words, said) in _awaited)
            {
                if (Lines[^1].Contains(words, StringComparison.Ordinal)) said.TrySetResult();
            }

            if (logLevel >= LogLevel.Error) Errors.Add(Lines[^1]);
        }
    }
}
