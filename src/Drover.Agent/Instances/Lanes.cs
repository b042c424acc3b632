namespace Drover.Agent.Instances;

/// <summary>How many steps of each sort are under way at once, so that slow pulls and stops hold up no start. An image that many containers wait for counts once.</summary>
internal sealed class Lanes
{
    private readonly Lane _pulls = new(4);
    private readonly Lane _ends = new(32);
    private readonly Lane _others = new(8);

    /// <summary>Takes a place; false where there is none, and then <see cref="Leave"/> names the container when it is worth another try.</summary>
    public bool TryEnter(Step step, string uuid) => Of(step).TryEnter(KeyOf(step, uuid), uuid);

    /// <summary>Gives the place back. Returns who may try again.</summary>
    public IReadOnlyList<string> Leave(Step step, string uuid) => Of(step).Leave(KeyOf(step, uuid));

    private static string KeyOf(Step step, string uuid) => step is Step.Pull pull ? pull.Image : uuid;

    private Lane Of(Step step) => step switch
    {
        Step.Pull => _pulls,
        Step.Stop or Step.Restart => _ends,
        _ => _others,
    };

    private sealed class Lane(int places)
    {
        private readonly Dictionary<string, int> _taken = [];
        private readonly List<string> _waiting = [];

        public bool TryEnter(string key, string uuid)
        {
            if (_taken.TryGetValue(key, out var sharing) || _taken.Count < places)
            {
                _taken[key] = sharing + 1;
                return true;
            }

            _waiting.Add(uuid);
            return false;
        }

        public string[] Leave(string key)
        {
            if (--_taken[key] > 0) return [];
            _taken.Remove(key);
            string[] waiting = [.. _waiting];
            _waiting.Clear();
            return waiting;
        }
    }
}
