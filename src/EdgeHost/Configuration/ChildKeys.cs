namespace EdgeHost.Configuration;

/// <summary>
/// Which keys lie below which. The framework's providers look through all of their keys each time that somebody asks for an object's members,
/// which takes minutes where ten thousand sites are configured.
/// </summary>
internal sealed class ChildKeys
{
    private readonly Dictionary<string, List<string>> children = new(StringComparer.OrdinalIgnoreCase);
    private readonly List<string> first = [];

    /// <param name="keys">All keys, in full; they differ in more than case.</param>
    public ChildKeys(IEnumerable<string> keys)
    {
        var known = new HashSet<string>(StringComparer.OrdinalIgnoreCase);
        foreach (var key in keys)
        {
            // Upwards until somebody has been there before.
            for (var path = key; known.Add(path);)
            {
                var colon = path.LastIndexOf(':');
                if (colon < 0)
                {
                    first.Add(path);
                    break;
                }

                var parent = path[..colon];
                if (!children.TryGetValue(parent, out var names))
                {
                    children.Add(parent, names = []);
                }

                names.Add(path[(colon + 1)..]);
                path = parent;
            }
        }
    }

    /// <inheritdoc cref="IConfigurationProvider.GetChildKeys"/>
    public IEnumerable<string> Of(string? parent, IEnumerable<string> earlierKeys)
    {
        var own = parent is null ? first : children.GetValueOrDefault(parent);
        if (own is null)
        {
            return earlierKeys;
        }

        List<string> all = [.. own, .. earlierKeys];
        all.Sort(ConfigurationKeyComparer.Instance.Compare);
        return all;
    }
}
