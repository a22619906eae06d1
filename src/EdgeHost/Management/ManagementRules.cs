using EdgeHost.Configuration;

namespace EdgeHost.Management;

internal static class ManagementRules
{
    public const int ShortestToken = 20;

    public static void Check(ManagementOptions options, string publicUrl, ConfigurationErrors errors)
    {
        errors.ListenerUrl("Management:Url", options.Url);
        if (options.Token is { } token && token.Length < ShortestToken)
        {
            errors.Add("Management:Token", $"has {token.Length} characters; use at least {ShortestToken} random ones, or leave it out to have one generated.");
        }

        if (string.Equals(options.Url.TrimEnd('/'), publicUrl.TrimEnd('/'), StringComparison.OrdinalIgnoreCase))
        {
            errors.Add("Management:Url", "is the public URL; management needs a listener of its own that visitors can't reach.");
        }
    }
}
