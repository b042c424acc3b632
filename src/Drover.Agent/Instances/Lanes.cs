namespace Drover.Agent.Instances;

/// <summary>How many steps of each sort are under way at once, so that slow pulls and stops hold up no start.</summary>
internal sealed class Lanes
{
    private readonly Lane _pulls = new(4);
    private readonly Lane _ends = new(32);
    private readonly Lane _others = new(8);

    /// <summary>Takes a place; false where there is none, and then the container is told by <see cref="Leave"/> when there is.</summary>
    public bool TryEnter(Step step, string uuid) => Of(step).TryEnter(uuid);

    /// <summary>Gives the place back. Returns who waited for it longest; null for nobody.</summary>
    public string? Leave(Step step) => Of(step).Leave();

    private Lane Of(Step step) => step switch
    {
        Step.Pull => _pulls,
        Step.Stop or Step.Restart => _ends,
        _ => _others,
    };

    private sealed class Lane(int places)
    {
        private readonly Queue<string> _waiting = new();
        private readonly HashSet<string> _known = [];
        private int _taken;

        public bool TryEnter(string uuid)
        {
            if (_taken < places)
            {
                _taken++;
                return true;
            }

            if (_known.Add(uuid)) _waiting.Enqueue(uuid);
            return false;
        }

        public string? Leave()
        {
            _taken--;
            if (!_waiting.TryDequeue(out var uuid)) return null;
            _known.Remove(uuid);
            return uuid;
        }
    }
}
