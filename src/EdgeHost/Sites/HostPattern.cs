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

    /// <param name="host">A host without port and trailing dot, in any case.</param>
    public bool Holds(ReadOnlySpan<char> host)
    {
        var name = AnyLabel ? host[(host.IndexOf('.') + 1)..] : host;
        return (!AnyLabel || name.Length < host.Length) && name.Equals(Name.ToString(), StringComparison.OrdinalIgnoreCase);
    }

    public override string ToString() => AnyLabel ? $"*.{Name}" : Name.ToString();
}
