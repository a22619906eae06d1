namespace EdgeHost.Configuration;

/// <summary>The file named by <c>--config</c>. One that is no JSON stops the start; later it is a problem to be shown, and not an empty configuration.</summary>
internal sealed class ConfigurationFile
{
    private volatile string? problem;
    private volatile bool started;

    /// <exception cref="InvalidDataException">It is no JSON.</exception>
    /// <exception cref="FileNotFoundException">There is no such file.</exception>
    public void AddTo(IConfigurationBuilder configuration, FileInfo file)
    {
        configuration.Add<IndexedJsonSource>(source =>
        {
            source.Path = file.Name;
            source.Beside = file.DirectoryName;
            source.ReloadOnChange = true;
            source.OnLoadException = context =>
            {
                problem = $"{file.FullName} can't be read: {context.Exception.InnerException?.Message ?? context.Exception.Message}";
                context.Ignore = started;
            };
        });
        started = true;
    }

    /// <summary>Why the file could not be read at its last change; null when it could. Asked once for each change.</summary>
    public string? TakeProblem() => Interlocked.Exchange(ref problem, null);
}
