namespace EdgeHost.Configuration;

/// <summary>Any number of keys with their values, as a source of configuration: with <see cref="ChildKeys"/>.</summary>
internal sealed class IndexedPairs : ConfigurationProvider, IConfigurationSource
{
    private readonly ChildKeys index;

    public IndexedPairs(IEnumerable<KeyValuePair<string, string?>> pairs)
    {
        foreach (var (key, value) in pairs)
        {
            Data[key] = value;
        }

        index = new ChildKeys(Data.Keys);
    }

    /// <summary>A section of a configuration, with its name before the keys. What several sources have is the last one's, as ever.</summary>
    public static IndexedPairs Of(IConfiguration configuration, string section) => new(
        configuration is IConfigurationRoot root
            ? root.Providers.SelectMany(provider => In(provider, section))
            : configuration.GetSection(section).AsEnumerable());

    private static IEnumerable<KeyValuePair<string, string?>> In(IConfigurationProvider provider, string path)
    {
        if (provider.TryGet(path, out var value))
        {
            yield return new(path, value);
        }

        foreach (var pair in provider.GetChildKeys([], path).Distinct(StringComparer.OrdinalIgnoreCase).SelectMany(key => In(provider, ConfigurationPath.Combine(path, key))))
        {
            yield return pair;
        }
    }

    public IConfigurationProvider Build(IConfigurationBuilder builder) => this;

    public override IEnumerable<string> GetChildKeys(IEnumerable<string> earlierKeys, string? parentPath) => index.Of(parentPath, earlierKeys);
}
