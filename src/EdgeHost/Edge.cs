using EdgeHost.Configuration;
using EdgeHost.Replicas;
using EdgeHost.Requests;
using EdgeHost.Tls;
using EdgeHost.Transport;
using Serilog;

namespace EdgeHost;

/// <summary>The edge put together. Public listener: one terminal middleware. Management: a listener of its own. Beside them the loops.</summary>
internal static class Edge
{
    // After the requests, one after the other: the loops write down what they hold, and the log is written. All of it together takes less than the 30 s that Kubernetes gives by default.
    private static readonly TimeSpan LongestStop = EdgeServer.LongestRequests + TimeSpan.FromSeconds(4);
    private static readonly TimeSpan LongestDisposal = TimeSpan.FromSeconds(3);

    /// <summary>What the process has from the order to stop until it is ended by force.</summary>
    public static readonly TimeSpan LongestEnd = LongestStop + LongestDisposal + TimeSpan.FromSeconds(1);

    /// <summary>Runs until it is stopped. Exit code 0, or 1 when the configuration is wrong or a listener can't be opened.</summary>
    public static async Task<int> RunAsync(FileInfo? configFile, CancellationToken cancellationToken)
    {
        // The directory of the program, not the one that it was started from: appsettings.json lies there.
        var builder = WebApplication.CreateBuilder(new WebApplicationOptions { ContentRootPath = AppContext.BaseDirectory });
        IndexedJsonSource.Replace(((IConfigurationBuilder)builder.Configuration).Sources);
        var file = new ConfigurationFile();
        if (configFile is not null && !TryAddFile(builder.Configuration, file, configFile))
        {
            return 1;
        }

        var (options, errors) = EdgeConfiguration.Read(builder.Configuration);
        if (errors.Count > 0)
        {
            await Console.Error.WriteLineAsync($"The configuration is wrong in {errors.Count} places:\n  {string.Join("\n  ", errors)}");
            return 1;
        }

        var badRequests = new BadRequestEvents(TimeProvider.System);
        builder.Host.UseSerilog((context, log) => log.ReadFrom.Configuration(context.Configuration).Filter.ByExcluding(entry => entry.Exception is AnswerCutException || badRequests.IsTooMany(entry)));
        try
        {
            using var owned = DataDirectoryLock.Take(options.DataDirectory);
            var app = Build(builder, file, options);
            try
            {
                await StartAsync(app, cancellationToken);
                await app.WaitForShutdownAsync(cancellationToken);
                return 0;
            }
            finally
            {
                await EndAsync(app);
            }
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            // An address that is taken, a data directory that can't be written.
            await Console.Error.WriteLineAsync($"The edge can't start: {e.Message}");
            return 1;
        }
    }

    private static async Task StartAsync(WebApplication app, CancellationToken cancellationToken)
    {
        try
        {
            await app.StartAsync(cancellationToken);
        }
        catch
        {
            // What has started already ends by this, and not by faults that would hide why.
            app.Lifetime.StopApplication();
            throw;
        }
    }

    // Its end is the event log's, too: events that wait are written then, also those of a start that has failed. Where nobody reads them, there is no waiting for that.
    private static async Task EndAsync(WebApplication app)
    {
        try
        {
            await Task.Run(() => app.DisposeAsync().AsTask(), CancellationToken.None).WaitAsync(LongestDisposal, TimeProvider.System);
        }
        catch (TimeoutException)
        {
            // Nor could that be said: the console waits for whoever writes to it.
        }
    }

    /// <summary>The whole edge, not started yet.</summary>
    public static WebApplication Build(WebApplicationBuilder builder, ConfigurationFile file, EdgeOptions options)
    {
        builder.Services.AddSingleton(file);
        builder.Services.Configure<HostOptions>(host => host.ShutdownTimeout = LongestStop);
        EdgeServices.Add(builder.Services, options);
        PublicTransport.Add(builder.Services, Http2Listeners.Of(options.Tls.Url, builder.Configuration));
        builder.WebHost.UseUrls(options.Tls.Url.Length == 0 ? [options.PublicUrl] : []).ConfigureKestrel(kestrel =>
        {
            kestrel.AddServerHeader = false;
            kestrel.Limits.RequestHeadersTimeout = TimeSpan.FromSeconds(10);
            // How large an upload may be is the platform's to say.
            kestrel.Limits.MaxRequestBodySize = null;
            // Header values go through byte for byte.
            kestrel.RequestHeaderEncodingSelector = HeaderEncodings.ForRequest;
            kestrel.ResponseHeaderEncodingSelector = HeaderEncodings.ForResponse;
            if (options.Tls.Url.Length > 0)
            {
                TlsListener.Open(kestrel, options.PublicUrl);
            }
        });
        EdgeServer.Wrap(builder.Services);
        return builder.Build();
    }

    private static bool TryAddFile(ConfigurationManager configuration, ConfigurationFile file, FileInfo path)
    {
        try
        {
            file.AddTo(configuration, path);
            configuration.AddEnvironmentVariables();
            return true;
        }
        catch (FileNotFoundException)
        {
            Console.Error.WriteLine($"There is no file {path.FullName}.");
        }
        catch (InvalidDataException)
        {
            Console.Error.WriteLine(file.TakeProblem());
        }

        return false;
    }
}
