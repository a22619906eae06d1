using System.Net.Http.Headers;
using System.Text;
using System.Text.Json.Nodes;
using EdgeHost.Configuration;
using EdgeHost.Following;
using EdgeHost.Management;
using EdgeHost.Sites;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace EdgeHost.Tests.FrontDoor;

/// <summary>An origin, a store and a whole edge between them, on ports of their own.</summary>
internal sealed class Bench : IAsyncDisposable
{
    public const string Token = "a-token-that-only-tests-know";

    private readonly Scratch scratch = new();
    private readonly JsonObject settings = [];
    private WebApplication? app;

    private Bench()
    {
        // The snapshots of the tests are as old as their fixed time.
        Set("Interlocks:LargestSnapshotAge", "3650.00:00:00");
        // Patient where a slow machine would be mistaken for an ill origin; the tests of time set their own.
        Set("DataDirectory", scratch["data"]).Set("AccessLog:Path", AccessLogPath).Set("Management:Token", Token)
            .Set("Store:Location", scratch["store"]).Set("Store:PollInterval", "00:00:00.100")
            .Set("Origins:platform:Address", Origin.Address).Set("Origins:platform:ProbeInterval", "00:05:00").Set("Origins:platform:Rise", "2")
            .Set("Switching:FallPaths", "1").Set("Switching:FallVisitors", "1").Set("Switching:SuspectDwell", "00:00:00").Set("Switching:SnapshotDwell", "00:00:00")
            .Set("Switching:Ramp:0", "100").Set("Switching:RampDwell", "00:00:00").Set("Switching:LiveDwell", "00:00:00")
            .Set("Live:CoveredHeadersTimeout", "00:00:10")
            .Set("Sites:nova:Name", "Nova Talents").Set("Sites:nova:Hosts:0", Some.Host).Set("Sites:nova:Origin", "platform");
    }

    public FaultOrigin Origin { get; } = new();

    public TestStore Store { get; private set; } = null!;

    public CollectedLog Log { get; } = new();

    public string AccessLogPath => scratch["access.log"];

    public string DataDirectory => scratch["data"];

    public string StoreDirectory => scratch["store"];

    public string ConfigFile => scratch["config/edge.json"];

    public IServiceProvider Services => app!.Services;

    /// <summary>The site as the edge has it: only to wait for what no visitor can see.</summary>
    public Site Site => Services.GetRequiredService<SiteTableState>().Current.Find(Some.SiteId)!;

    public int Port { get; private set; }

    /// <summary>0 where <c>Tls:Url</c> is not set.</summary>
    public int TlsPort { get; private set; }

    public HttpClient Management { get; private set; } = null!;

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    /// <summary>With the snapshot of <see cref="Some.Draft"/> in the store and on the edge.</summary>
    public static async Task<Bench> StartAsync(params (string Key, string Value)[] changes)
    {
        var bench = await PrepareAsync(changes);
        await bench.Store.PublishAsync(Some.Draft());
        await bench.StartEdgeAsync();
        await bench.HasSnapshotAsync(1);
        // It is served a moment before a restart would know it.
        await Wait.UntilAsync("it is kept", () => File.Exists(Path.Combine(bench.DataDirectory, "replica", "sites", "nova", "serving.json")));
        return bench;
    }

    /// <summary>With an empty store, and the edge not started.</summary>
    public static async Task<Bench> PrepareAsync(params (string Key, string Value)[] changes)
    {
        var bench = new Bench();
        foreach (var (key, value) in changes)
        {
            bench.Set(key, value);
        }

        bench.Store = await TestStore.CreateAsync(bench.StoreDirectory);
        return bench;
    }

    public Bench Set(string key, string? value)
    {
        var at = settings;
        var names = key.Split(':');
        foreach (var name in names[..^1])
        {
            at = (at[name] ??= new JsonObject()).AsObject();
        }

        at[names[^1]] = value;
        return this;
    }

    public void Remove(string key)
    {
        var at = settings;
        var names = key.Split(':');
        foreach (var name in names[..^1])
        {
            at = at[name]!.AsObject();
        }

        at.Remove(names[^1]);
    }

    public void WriteConfig()
    {
        Directory.CreateDirectory(Path.GetDirectoryName(ConfigFile)!);
        File.WriteAllText(ConfigFile, new JsonObject { [ConfigurationErrors.Section] = settings.DeepClone() }.ToJsonString());
    }

    public async Task StartEdgeAsync()
    {
        WriteConfig();
        var builder = WebApplication.CreateBuilder(new WebApplicationOptions { ContentRootPath = AppContext.BaseDirectory });
        builder.Logging.ClearProviders().AddProvider(Log);
        var file = new ConfigurationFile();
        file.AddTo(builder.Configuration, new FileInfo(ConfigFile));
        var (options, errors) = EdgeConfiguration.Read(builder.Configuration);
        Assert.Empty(errors);
        options.PublicUrl = "http://127.0.0.1:0";
        options.Management.Url = "http://127.0.0.1:0";
        app = Edge.Build(builder, file, options);
        await app.StartAsync(Cancel);
        Port = new Uri(app.Urls.Single(url => url.StartsWith("http:", StringComparison.Ordinal))).Port;
        TlsPort = app.Urls.SingleOrDefault(url => url.StartsWith("https:", StringComparison.Ordinal)) is { } secure ? new Uri(secure).Port : 0;
        Management = new HttpClient { BaseAddress = new Uri(app.Services.GetServices<IHostedService>().OfType<ManagementServer>().Single().Url!) };
        Management.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", Token);
    }

    public async Task StopEdgeAsync()
    {
        if (app is { } running)
        {
            app = null;
            Management.Dispose();
            using var patience = new CancellationTokenSource(TimeSpan.FromSeconds(1));
            await running.StopAsync(patience.Token);
            await running.DisposeAsync();
        }
    }

    public Task HasSnapshotAsync(int n) => Wait.UntilAsync($"snapshot {n} is served", () => Site.State.Snapshot?.Reference.Snapshot == Some.SnapshotId(n));

    public Task StoreStateIsAsync(StoreHealth state) => Wait.UntilAsync($"the store is {state}", () => Services.GetRequiredService<StoreFollower>().Condition.State == state);

    /// <summary>One request on a connection of its own.</summary>
    public async Task<RawResponse> SendAsync(string raw)
    {
        using var connection = await RawConnection.OpenAsync(Port, Cancel);
        await connection.SendAsync(raw, Cancel);
        return await connection.ReadResponseAsync(Cancel, toHead: raw.StartsWith("HEAD ", StringComparison.Ordinal));
    }

    public Task<RawResponse> GetAsync(string target, params string[] headers) => SendAsync(Request("GET", target, headers));

    public Task<RawResponse> HeadAsync(string target, params string[] headers) => SendAsync(Request("HEAD", target, headers));

    public Task<RawResponse> PostAsync(string target, string body, params string[] headers) =>
        SendAsync(Request("POST", target, [.. headers, $"Content-Length: {Encoding.Latin1.GetByteCount(body)}"]) + body);

    public static string Request(string method, string target, params string[] headers) =>
        $"{method} {target} HTTP/1.1\r\nHost: {Some.Host}\r\n{string.Concat(headers.Select(header => header + "\r\n"))}\r\n";

    /// <summary>Lets visitors find out that the platform is ill.</summary>
    public async Task FailAsync(int times = 3)
    {
        for (var i = 0; i < times; i++)
        {
            // Probes may be quicker than the visitors.
            Assert.Matches("^snapshot; reason=(rescue|origin-down);", (await GetAsync("/")).Decision);
        }
    }

    public async ValueTask DisposeAsync()
    {
        await StopEdgeAsync();
        await Origin.DisposeAsync();
        scratch.Dispose();
    }
}
