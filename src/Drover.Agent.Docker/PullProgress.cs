namespace Drover.Agent.Docker;

/// <summary>Sums the layers of a pull up to one sentence, told when it changes.</summary>
internal sealed class PullProgress(IProgress<string> people) : IProgress<ImageProgress>
{
    private const string Downloading = "Downloading", Extracting = "Extracting";
    private readonly Dictionary<string, (string Status, ImageProgressDetail Bytes)> _layers = [];
    private string? _told;

    public void Report(ImageProgress value)
    {
        if (value is { Id: { } layer, Status: { } status })
            _layers[layer] = (status, value.ProgressDetail ?? _layers.GetValueOrDefault(layer).Bytes ?? new ImageProgressDetail());
        var sentence = Sentence();
        if (sentence is null || sentence == _told) return;
        _told = sentence;
        people.Report(sentence);
    }

    private string? Sentence() => Sum(Downloading) ?? Sum(Extracting);

    private string? Sum(string status)
    {
        var layers = _layers.Values.Where(layer => layer.Status == status).Select(layer => layer.Bytes).ToList();
        if (layers.Count == 0) return null;
        var (current, total) = (layers.Sum(bytes => bytes.Current), layers.Sum(bytes => bytes.Total));
        return total > 0 ? $"{status} {Megabytes(current)} of {Megabytes(total)} MB" : $"{status} {Megabytes(current)} MB";
    }

    private static long Megabytes(long bytes) => (bytes + 999_999) / 1_000_000;
}
