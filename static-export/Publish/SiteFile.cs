using System.Collections.Immutable;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace StaticExport.Publish;

/// <summary>
/// A site's settings in a file (<c>--site-file</c>), each named as its option is. What the command line gives too replaces the file's value;
/// of options that can be given several times, both count.
/// </summary>
internal sealed record SiteFile
{
    public static readonly SiteFile Empty = new();

    public string? Site { get; init; }

    public string? Origin { get; init; }

    public string? Host { get; init; }

    public string? Scheme { get; init; }

    public ImmutableArray<string> Alias { get; init; } = [];

    public ImmutableArray<string> Include { get; init; } = [];

    public ImmutableArray<string> Exclude { get; init; } = [];

    public ImmutableArray<string> Volatile { get; init; } = [];

    public ImmutableArray<string> DropParameter { get; init; } = [];

    public ImmutableArray<string> Seed { get; init; } = [];

    public int? MaxPages { get; init; }

    public string? MaxBytes { get; init; }

    public string? MaxBodyBytes { get; init; }

    public int? MaxDepth { get; init; }

    public string? MaxTime { get; init; }

    public string? PageTimeout { get; init; }

    public int? Concurrency { get; init; }

    public string? Delay { get; init; }

    public int? Retries { get; init; }

    public int? MaxFailed { get; init; }

    /// <returns>The file; or null, and why it can't be used.</returns>
    public static (SiteFile? File, string? Fault) Read(string path)
    {
        try
        {
            return (JsonSerializer.Deserialize(File.ReadAllBytes(path), SiteFileJson.Default.SiteFile) ?? Empty, null);
        }
        catch (Exception e) when (e is JsonException or IOException or UnauthorizedAccessException)
        {
            return (null, $"The site file {path} can't be used: {e.Message}");
        }
    }
}

[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.KebabCaseLower,
    UnmappedMemberHandling = JsonUnmappedMemberHandling.Disallow,
    ReadCommentHandling = JsonCommentHandling.Skip,
    AllowTrailingCommas = true)]
[JsonSerializable(typeof(SiteFile))]
internal sealed partial class SiteFileJson : JsonSerializerContext;
