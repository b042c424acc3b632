using Drover.Agent.Hooks;
using Drover.Agent.Instances;
using Drover.Agent.State;
using Drover.Model.Kernel;
using Drover.Protocol;
using Microsoft.Extensions.Logging;

namespace Drover.Agent;

/// <content>What the loop does after each message: decide, save, run, report.</content>
public sealed partial class HostAgent
{
    private bool _hostUnreported;

    private void GoOn()
    {
        var now = _parts.Time.GetUtcNow();
        if (_heldUntil <= now) _heldUntil = null;
        List<(Instance Instance, StepOrder Order)> orders = [];
        if (_engineUp && _heldUntil is null)
        {
            orders = _dispatch.Decide(now, _assigned.Leaving.Contains);
            WorkOnVolumes(now);
        }

        foreach (var uuid in _dispatch.Left)
        {
            _assigned = _assigned.Without(uuid);
            _unsaved.Add(new StateEntry.Left(uuid));
        }

        _dispatch.Left.Clear();
        Save();
        foreach (var (instance, order) in orders) Launch(instance, order);
        var working = _engineUp && _heldUntil is null;
        _wake.Set(Earliest(_heldUntil, working ? _dispatch.Due : null, working ? _volumesDue : null));
        if (_inventorySent && HasNews) _flush.SetIfUnset(_parts.Timings.Batch);
    }

    private bool HasNews => _table.Unreported.Count + _table.Gone.Count + _volumes.Unreported.Count > 0 || _hostUnreported;

    private void Assign(ContainerAssignment wanted)
    {
        _table.Assign(wanted.Uuid, wanted);
        var instance = _table.Find(wanted.Uuid)!;
        if (instance.InFlight is Step.Pull && wanted.Wanted == WantedState.Removed) instance.Cancel?.Cancel();
        if (instance.InFlight is Step.Stop && wanted.Wanted != WantedState.Running && wanted.StopSeconds < instance.StopSeconds) instance.Cancel?.Cancel();
    }

    private void Launch(Instance instance, StepOrder order)
    {
        instance.StopSeconds = order.Container.StopSeconds;
        instance.Cancel = CancellationTokenSource.CreateLinkedTokenSource(_stop);
        _ = RunAsync(new HookScope(_parts.Runtime, _assigned, instance.Cancel.Token));

        async Task RunAsync(HookScope scope)
        {
            var outcome = await _runner.RunAsync(order, scope, new ProgressOf(this, instance));
            Post(() => Finish(instance, order, outcome));
        }
    }

    private void Finish(Instance instance, StepOrder order, StepOutcome outcome)
    {
        var step = order.Step.GetType().Name;
        if (outcome.Defect is { } defect) LogDefect(_log, defect, step, instance.Uuid);
        else if (outcome.Error is { } error) LogFailed(_log, step, instance.Uuid, error);
        var engineId = instance.EngineId;
        if (_dispatch.Finish(instance, order, outcome, _parts.Time.GetUtcNow()) && (instance.EngineId ?? engineId) is { } again) _engine.Ask(again);
        if (outcome.Failure != RuntimeFailure.Unreachable) return;
        LoseEngine();
        _engine.Ask(null);
    }

    private void WorkOnVolumes(DateTimeOffset now)
    {
        if (_volumesDue > now) return;
        _volumesDue = null;
        var work = _volumes.Decide(_assigned);
        if (!work.IsNone) _ = RunAsync();

        async Task RunAsync()
        {
            var errors = await VolumeKeeper.RunAsync(work, _parts.Runtime, _stop);
            Post(() =>
            {
                _volumes.Finish(work, errors);
                foreach (var name in work.Remove.Where(name => !errors.ContainsKey(name)))
                {
                    _assigned = _assigned.WithoutVolume(name);
                    _unsaved.Add(new StateEntry.Left(Volume: name));
                }

                if (errors.Count > 0) _volumesDue = _parts.Time.GetUtcNow() + _parts.Timings.VolumeRetry;
            });
        }
    }

    private void LoseEngine()
    {
        _engineUp = false;
        _table.EngineLost(_parts.Time.GetUtcNow());
        SetHost(_host with { EngineUp = false });
    }

    private void SetHost(HostDescription host)
    {
        _hostUnreported |= host != _host;
        Volatile.Write(ref _host, host);
    }

    private void Save()
    {
        foreach (var uuid in _table.Unsaved)
        {
            var instance = _table.Find(uuid);
            if (instance is null or { Remembered: true }) _unsaved.Add(new StateEntry.Remembered(uuid, instance?.Memory));
        }

        _table.Unsaved.Clear();
        if (_unsaved.Count == 0) return;
        try
        {
            _parts.State.Append(_unsaved);
            _unsaved.Clear();
        }
        catch (Exception full) when (full is IOException or UnauthorizedAccessException)
        {
            LogUnsaved(_log, full.Message); // the host goes on; the entries are tried again with the next ones
        }
    }

    private void SendInventory()
    {
        var shown = _table.All.Where(instance => instance.IsShown).OrderBy(instance => instance.Uuid, StringComparer.Ordinal).ToList();
        foreach (var instance in _table.All) instance.Reported = instance.IsShown ? instance.Status() : null;
        _session.Send(new Inventory(shown.Select(instance => instance.Reported!).ToEquatableArray(), new(_volumes.All)));
        _table.Unreported.Clear();
        _table.Gone.Clear();
        _volumes.Unreported.Clear();
        _inventorySent = true;
    }

    private void Flush()
    {
        _flush.Clear();
        if (!_sessionOpen || !_inventorySent) return;
        var news = new List<ContainerStatus>();
        foreach (var uuid in _table.Unreported.Order(StringComparer.Ordinal))
        {
            if (_table.Find(uuid) is not { IsShown: true } instance || instance.Status() is var status && status == instance.Reported) continue;
            news.Add(instance.Reported = status);
        }

        var volumes = _volumes.Unreported.Order(StringComparer.Ordinal).ToLookup(name => _volumes.Find(name) is not null);
        var report = new StatusReport(
            Some(news),
            Some(_table.Gone.Order(StringComparer.Ordinal)),
            Some(volumes[true].Select(name => _volumes.Find(name)!)),
            Some(volumes[false]),
            _hostUnreported ? _host : null);
        _table.Unreported.Clear();
        _table.Gone.Clear();
        _volumes.Unreported.Clear();
        _hostUnreported = false;
        if (report != new StatusReport()) _session.Send(report);
    }

    private static EquatableArray<T> Some<T>(IEnumerable<T> items) => items.ToEquatableArray() is { Count: > 0 } some ? some : default;

    private static DateTimeOffset? Earliest(params ReadOnlySpan<DateTimeOffset?> all)
    {
        DateTimeOffset? earliest = null;
        foreach (var one in all) earliest = earliest is null || one < earliest ? one ?? earliest : earliest;
        return earliest;
    }

    private sealed class ProgressOf(HostAgent agent, Instance instance) : IProgress<string>
    {
        public void Report(string value) => agent.Post(() =>
        {
            if (instance.InFlight is null) return;
            instance.Progress = value;
            agent._table.Unreported.Add(instance.Uuid);
        });
    }

    [LoggerMessage(Level = LogLevel.Warning, Message = "{Step} of container {Uuid} failed: {Error}")]
    private static partial void LogFailed(ILogger log, string step, string uuid, string error);

    [LoggerMessage(Level = LogLevel.Error, Message = "{Step} of container {Uuid} met something unexpected")]
    private static partial void LogDefect(ILogger log, Exception defect, string step, string uuid);

    [LoggerMessage(Level = LogLevel.Error, Message = "Cannot keep the state on disk: {Error}")]
    private static partial void LogUnsaved(ILogger log, string error);
}
