using Microsoft.Extensions.Configuration.Json;
using Microsoft.Extensions.FileProviders;

namespace EdgeHost.Configuration;

/// <summary>A JSON file of any number of keys: as the framework's own, with <see cref="ChildKeys"/>.</summary>
internal sealed class IndexedJsonSource : JsonConfigurationSource
{
    /// <summary>The directory of the file, to be watched without what lies below it; null: as the framework does.</summary>
    public string? Beside { get; set; }

    public override IConfigurationProvider Build(IConfigurationBuilder builder)
    {
        // One for each provider, which ends it: a builder may build its sources again.
        var beside = Directory.Exists(Beside) ? new FileBeside(Beside, Path!) : null;
        FileProvider = beside ?? (Beside is null ? FileProvider : new NullFileProvider());
        EnsureDefaults(builder);
        return new Provider(this, beside);
    }

    /// <summary>Puts it in the place of the framework's, which a builder has for <c>appsettings.json</c>.</summary>
    public static void Replace(IList<IConfigurationSource> sources)
    {
        for (var i = 0; i < sources.Count; i++)
        {
            if (sources[i] is JsonConfigurationSource file and not IndexedJsonSource)
            {
                sources[i] = new IndexedJsonSource
                {
                    FileProvider = file.FileProvider,
                    Path = file.Path!,
                    Optional = file.Optional,
                    ReloadOnChange = file.ReloadOnChange,
                    ReloadDelay = file.ReloadDelay,
                    OnLoadException = file.OnLoadException,
                };
            }
        }
    }

    private sealed class Provider(IndexedJsonSource source, FileBeside? beside) : JsonConfigurationProvider(source)
    {
        private readonly Lock gate = new();
        private IDictionary<string, string?>? indexed;
        private ChildKeys? index;

        public override IEnumerable<string> GetChildKeys(IEnumerable<string> earlierKeys, string? parentPath)
        {
            lock (gate)
            {
                // A file that is read again brings another dictionary.
                if (index is null || !ReferenceEquals(indexed, Data))
                {
                    indexed = Data;
                    index = new ChildKeys(indexed.Keys);
                }

                return index.Of(parentPath, earlierKeys);
            }
        }

        protected override void Dispose(bool disposing)
        {
            base.Dispose(disposing);
            beside?.Dispose();
        }

        public override void Set(string key, string? value)
        {
            lock (gate)
            {
                base.Set(key, value);
                index = null;
            }
        }
    }
}
