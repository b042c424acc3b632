using System.Text.Json.Nodes;
using Drover.Compose.Codecs;
using Drover.Compose.Files;
using Drover.Compose.Yaml;

namespace Drover.Compose.Services;

/// <summary>Reads <c>depends_on</c>, and puts services in an order in which each comes after what it needs.</summary>
internal static class Dependencies
{
    /// <summary>The names that the service depends on: a list, or the keys of a map with conditions.</summary>
    public static IEnumerable<string> Of(ServiceSource source)
    {
        if (source.Find("depends_on") is not { } found)
            return [];
        return found.Node is YamlMap map
            ? map.Entries.Select(entry => entry.Key)
            : (found.Read(Codec.TextList) as JsonArray ?? []).Select(name => name!.ToString());
    }

    /// <summary>
    /// The services, each after those it depends on and then, as far as circles allow, after those it links to; a circle of
    /// <c>depends_on</c> is refused.
    /// </summary>
    public static IReadOnlyList<ComposedService> Order(IReadOnlyList<ComposedService> services, Action<string, string> refuse) =>
        new Walk(services.ToDictionary(service => service.Name, StringComparer.OrdinalIgnoreCase), refuse).All(services);

    private sealed class Walk(Dictionary<string, ComposedService> byName, Action<string, string> refuse)
    {
        private readonly List<ComposedService> _ordered = [];
        private readonly HashSet<string> _entered = new(StringComparer.OrdinalIgnoreCase);
        private readonly HashSet<string> _open = new(StringComparer.OrdinalIgnoreCase);
        private readonly Dictionary<string, HashSet<string>> _needs = new(StringComparer.OrdinalIgnoreCase);

        public List<ComposedService> All(IReadOnlyList<ComposedService> services)
        {
            foreach (var service in services)
                Visit(service);
            return _ordered;
        }

        private void Visit(ComposedService service)
        {
            if (!_entered.Add(service.Name))
                return;
            _open.Add(service.Name);
            foreach (var name in service.DependsOn.Where(byName.ContainsKey))
            {
                if (_open.Contains(name))
                    refuse(service.Name, $"depends on '{name}', which depends on it in turn");
                Visit(byName[name]);
            }

            foreach (var linked in service.Links.Where(link => link.Stack is null).Select(link => byName.GetValueOrDefault(link.Service)).OfType<ComposedService>())
            {
                if (!_entered.Contains(linked.Name) && !Needs(linked).Overlaps(_open))
                    Visit(linked);
            }

            _open.Remove(service.Name);
            _ordered.Add(service);
        }

        /// <summary>All that the service depends on, over any number of steps.</summary>
        private HashSet<string> Needs(ComposedService service)
        {
            if (_needs.TryGetValue(service.Name, out var known))
                return known;
            var needs = new HashSet<string>(StringComparer.OrdinalIgnoreCase);
            var next = new Stack<string>(service.DependsOn);
            while (next.TryPop(out var name))
            {
                if (!byName.TryGetValue(name, out var needed) || !needs.Add(name))
                    continue;
                foreach (var further in needed.DependsOn)
                    next.Push(further);
            }

            return _needs[service.Name] = needs;
        }
    }
}
