using EdgeHost.SnapshotStore.Sites;

namespace EdgeHost.Sites;

/// <summary>A host as configured: exact, or any one label before a name.</summary>
internal readonly record struct HostPattern(HostName Name, bool AnyLabel)
{
    public static bool TryParse(string text, out HostPattern pattern)
    {
        var anyLabel = text.StartsWith("*.", StringComparison.Ordinal);
        var parsed = HostName.TryParse(anyLabel ? text[2..] : text, out var name);
        pattern = new HostPattern(name, anyLabel);
        return parsed;
    }

    public override string ToString() => AnyLabel ? $"*.{Name}" : Name.ToString();
}
