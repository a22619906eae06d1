namespace StaticExport.Urls;

/// <summary>What kind of URL a link's text turned out to be.</summary>
internal enum LinkForm
{
    /// <summary>http or https.</summary>
    Web,

    /// <summary><c>mailto:</c>, <c>javascript:</c>, <c>data:</c>, <c>tel:</c> …: nothing to fetch.</summary>
    OtherScheme,

    /// <summary>No browser would make a request of it.</summary>
    Malformed,
}
