namespace EdgeHost.Configuration;

/// <summary>The file named by <c>--config</c>. It comes before appsettings.json, is read again when it changes, and environment variables come before it.</summary>
internal static class ConfigurationFile
{
    /// <summary>What is wrong with the file; null when it is taken up.</summary>
    public static string? Add(ConfigurationManager configuration, FileInfo file)
    {
        if (!file.Exists)
        {
            return $"There is no file {file.FullName}.";
        }

        try
        {
            configuration.AddJsonFile(file.FullName, optional: false, reloadOnChange: true);
            configuration.AddEnvironmentVariables();
            return null;
        }
        catch (InvalidDataException e)
        {
            return $"{file.FullName} is not JSON: {e.InnerException?.Message ?? e.Message}";
        }
    }
}
