using System.Globalization;

namespace EdgeHost.Configuration;

/// <summary>Collects what is wrong with a configuration, so that a person corrects it in one go.</summary>
internal sealed class ConfigurationErrors
{
    /// <summary>The section of the configuration that everything of ours is in.</summary>
    public const string Section = "EdgeHost";

    private readonly List<string> messages = [];

    public IReadOnlyList<string> Messages => messages;

    public void Add(string key, string message) => messages.Add($"{Section}:{key}: {message}");

    public void Range(string key, TimeSpan value, TimeSpan least, TimeSpan most)
    {
        if (value < least || value > most)
        {
            Add(key, $"is {value:c}; it must be from {least:c} to {most:c}.");
        }
    }

    public void Range(string key, int value, int least, int most)
    {
        if (value < least || value > most)
        {
            Add(key, string.Create(CultureInfo.InvariantCulture, $"is {value}; it must be from {least} to {most}."));
        }
    }

    /// <summary>A URL to go to.</summary>
    public void HttpUrl(string key, string value)
    {
        if (!Uri.TryCreate(value, UriKind.Absolute, out var url) || url.Scheme is not ("http" or "https") || url.PathAndQuery != "/")
        {
            Add(key, $"'{value}' is not a URL of scheme, address and port, such as http://127.0.0.1:8080.");
        }
    }

    /// <summary>A URL to listen at, which may have <c>*</c> or <c>+</c> for any address, as Kestrel takes both.</summary>
    public void ListenerUrl(string key, string value) => HttpUrl(key, value.Replace("//*", "//any", StringComparison.Ordinal).Replace("//+", "//any", StringComparison.Ordinal));
}
