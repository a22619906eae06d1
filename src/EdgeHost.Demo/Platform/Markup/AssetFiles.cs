using System.Collections.Frozen;
using System.Security.Cryptography;

namespace EdgeHost.Demo.Platform.Markup;

/// <summary>The style sheets, scripts and ornaments in the assembly, with the hashes that make their links change when they do.</summary>
internal static class AssetFiles
{
    private const string Prefix = "assets/";

    private static readonly FrozenDictionary<string, (byte[] Bytes, string Hash)> Files = typeof(AssetFiles).Assembly
        .GetManifestResourceNames()
        .Where(name => name.StartsWith(Prefix, StringComparison.Ordinal))
        .ToFrozenDictionary(name => name[Prefix.Length..], Read, StringComparer.Ordinal);

    public static string Link(string path) => $"/assets/{path}?v={Files[path].Hash}";

    public static (byte[] Bytes, string Hash)? Find(string path) => Files.TryGetValue(path, out var file) ? file : null;

    private static (byte[] Bytes, string Hash) Read(string name)
    {
        using var stream = typeof(AssetFiles).Assembly.GetManifestResourceStream(name)
            ?? throw new InvalidOperationException($"The assembly holds no '{name}'.");
        using var copy = new MemoryStream();
        stream.CopyTo(copy);
        var bytes = copy.ToArray();
        return (bytes, Convert.ToHexStringLower(SHA256.HashData(bytes))[..10]);
    }
}
