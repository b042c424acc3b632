using System.Globalization;
using System.Text;

namespace Drover.Agent.Docker.Engine;

/// <summary>
/// The path and query of a request. Names come from users: a name that a URI would fold away (<c>..</c>) or that the
/// engine cannot have given is refused here, so that no name can lead to another operation than the one meant.
/// </summary>
internal sealed class EngineUri
{
    private readonly StringBuilder _path = new();
    private readonly StringBuilder _query = new();

    /// <param name="fixedPath">A path of our own, such as <c>/containers/json</c>.</param>
    public EngineUri(string fixedPath) => _path.Append(fixedPath);

    /// <param name="noun">Our own first part, such as <c>/containers</c>.</param>
    /// <param name="name">An id or name; an image name may hold slashes.</param>
    /// <param name="verb">Our own last part, such as <c>/start</c>, or nothing.</param>
    public EngineUri(string noun, string name, string verb = "")
    {
        _path.Append(noun);
        foreach (var part in name.Split('/')) _path.Append('/').Append(Uri.EscapeDataString(Checked(part, name)));
        _path.Append(verb);
    }

    /// <summary>Adds a parameter; null leaves it to the engine's default.</summary>
    public EngineUri With(string name, string? value)
    {
        if (value is not null)
            _query.Append(_query.Length == 0 ? '?' : '&').Append(name).Append('=').Append(Uri.EscapeDataString(value));
        return this;
    }

    public EngineUri With(string name, bool? value) => With(name, value is { } set ? (set ? "1" : "0") : null);

    public EngineUri With(string name, long? value) => With(name, value?.ToString(CultureInfo.InvariantCulture));

    public EngineUri With(EngineFilters? filters) => With("filters", filters?.ToJson());

    /// <summary>The path alone, for messages: a query may carry a build's secrets.</summary>
    public string Path => _path.ToString();

    public override string ToString() => $"{_path}{_query}";

    private static string Checked(string part, string name) =>
        part is "" or "." or ".." || part.Any(letter => char.IsControl(letter) || char.IsWhiteSpace(letter) || letter == '\\')
            ? throw EngineException.BadRequest($"\"{name}\" is not a name that the engine could know")
            : part;
}
