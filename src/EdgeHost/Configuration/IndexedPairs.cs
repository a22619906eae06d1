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

    public IConfigurationProvider Build(IConfigurationBuilder builder) => this;

    public override IEnumerable<string> GetChildKeys(IEnumerable<string> earlierKeys, string? parentPath) => index.Of(parentPath, earlierKeys);
}
