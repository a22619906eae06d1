using EdgeHost.Configuration;
using EdgeHost.Sites;
using Microsoft.Extensions.Configuration;

namespace EdgeHost.Tests.Configuration;

public sealed class EdgeConfigurationTests
{
    [Fact]
    public void The_least_that_is_needed_is_right_and_has_the_documented_defaults()
    {
        var options = Some.Options();

        Assert.Equal("http://127.0.0.1:8080", options.PublicUrl);
        Assert.Equal("http://127.0.0.1:8081", options.Management.Url);
        Assert.Equal("edgehost", options.LoopId);
        Assert.Equal(65_536, options.AccessLog.Capacity);
        Assert.Equal(TimeSpan.FromSeconds(3), options.Live.CoveredHeadersTimeout);
        Assert.Equal(TimeSpan.FromSeconds(1), options.Store.PollInterval);
        Assert.Equal(MissPolicy.Unavailable, options.Sites["nova"].SnapshotMiss);
        Assert.Null(options.Store.PathStyle);
    }

    [Fact]
    public void Everything_that_is_wrong_is_said_at_once_with_its_whole_key()
    {
        var (_, errors) = Some.Read(new Dictionary<string, string?>
        {
            ["PublicURI"] = "http://127.0.0.1:8080",
            ["Store:Locaton"] = "/srv",
            ["Live:TryTimeout"] = "soon",
            ["Live:MaxTries"] = "many",
            ["AccessLog:Query"] = "maybe",
            ["Sites:nova:SnapshotMiss"] = "Whatever",
            ["Sites:nova:Host"] = "www.nova.example",
            ["Sites:nova:Groups:0"] = "gold sites",
            ["Sites:nova:Origin"] = "platfrom",
            ["Sites:Mira!:Hosts:0"] = "-",
            ["Origins:platform:Adress"] = "http://127.0.0.1:9",
            ["Origins:platform:Fall"] = "0",
        });

        string[] expected =
        [
            "EdgeHost:PublicURI: is not known here",
            "EdgeHost:Store:Locaton: is not known here. Known: Location",
            "EdgeHost:Store:Location: The store's location is empty",
            "EdgeHost:Live:TryTimeout: 'soon' is not a time",
            "EdgeHost:Live:MaxTries: 'many' is not a whole number",
            "EdgeHost:AccessLog:Query: 'maybe' is not true or false",
            "EdgeHost:Sites:nova:SnapshotMiss: 'Whatever' is not one of Unavailable, NotFound",
            "EdgeHost:Sites:nova:Host: is not known here. Known: Name, Hosts",
            "EdgeHost:Sites:nova:Hosts: is empty",
            "EdgeHost:Sites:nova:Origin: names 'platfrom'",
            "EdgeHost:Sites:nova:Groups: 'gold sites' is not a name of a group",
            "EdgeHost:Sites:Mira!: is not a site id",
            "EdgeHost:Sites:Mira!:Origin: names ''",
            "EdgeHost:Origins:platform:Adress: is not known here",
            "EdgeHost:Origins:platform:Address: '' is not a URL",
            "EdgeHost:Origins:platform:Fall: is 0; it must be from 1 to 1000",
        ];
        Assert.All(expected, start => Assert.Single(errors, error => error.StartsWith(start, StringComparison.Ordinal)));
        Assert.Equal(expected.Length, errors.Count);
    }

    [Theory]
    [InlineData("PublicUrl", "http://127.0.0.1:8080/path")]
    [InlineData("PublicUrl", "ftp://127.0.0.1")]
    [InlineData("PublicUrl", "8080")]
    [InlineData("Management:Url", "http://127.0.0.1:8080")]
    [InlineData("Management:Token", "")]
    [InlineData("Management:Token", "nineteen-characters")]
    [InlineData("DataDirectory", " ")]
    [InlineData("LoopId", "")]
    [InlineData("LoopId", "two words")]
    [InlineData("LoopId", "a,b")]
    [InlineData("TrustedProxies:0", "proxy.example")]
    [InlineData("AccessLog:Capacity", "99")]
    [InlineData("AccessLog:Capacity", "1000001")]
    [InlineData("Store:Location", "")]
    [InlineData("Store:Location", "https://bucket/")]
    [InlineData("Store:Location", "s3://")]
    [InlineData("Store:ServiceUrl", "minio")]
    [InlineData("Store:PollInterval", "00:00:00.099")]
    [InlineData("Store:PollInterval", "00:01:01")]
    [InlineData("Store:VerifyInterval", "00:00:00.5")]
    [InlineData("Store:WarmConcurrency", "0")]
    [InlineData("Store:WarmConcurrency", "65")]
    [InlineData("Snapshots:MemoryMegabytes", "0")]
    [InlineData("Snapshots:LargestInMemoryKilobytes", "65537")]
    [InlineData("Snapshots:MaxAge", "-00:00:01")]
    [InlineData("Snapshots:MaxAge", "01:00:01")]
    [InlineData("Live:ConnectTimeout", "00:00:00.099")]
    [InlineData("Live:CoveredHeadersTimeout", "00:05:01")]
    [InlineData("Live:CoveredHeadersTimeout", "00:00:01.999")]
    [InlineData("Live:ActivityTimeout", "00:00:00.999")]
    [InlineData("Live:TryTimeout", "00:05:00.001")]
    [InlineData("Live:MaxTries", "-1")]
    [InlineData("Live:MaxTries", "1001")]
    [InlineData("Origins:platform:Address", "127.0.0.1:5000")]
    [InlineData("Origins:platform:Address", "http://10.0.0.5:5000/app")]
    [InlineData("Origins:platform:Address", "http://*:5000")]
    [InlineData("Origins:platform:Rise", "0")]
    [InlineData("Origins:platform:Fall", "1001")]
    [InlineData("Origins:platform:ProbeInterval", "00:00:00.049")]
    [InlineData("Origins:platform:ProbeTimeout", "00:01:01")]
    [InlineData("Switching:FallPaths", "0")]
    [InlineData("Switching:FallPercent", "101")]
    [InlineData("Switching:SuspectDwell", "00:01:01")]
    [InlineData("Switching:SuspectWindow", "00:00:00.5")]
    [InlineData("Switching:SnapshotDwell", "01:00:01")]
    [InlineData("Switching:LongestSnapshotDwell", "00:00:04")]
    [InlineData("Switching:FlapMemory", "00:00:00")]
    [InlineData("Switching:Ramp:0", "0")]
    [InlineData("Switching:Ramp:0", "101")]
    [InlineData("Switching:RampDwell", "01:00:01")]
    [InlineData("Switching:LiveDwell", "00:01:01")]
    [InlineData("Switching:ReturnRate", "0")]
    [InlineData("Sites:nova:Hosts:0", "*.nova.example")]
    [InlineData("Sites:nova:Hosts:1", "bad host")]
    [InlineData("Sites:nova:Hosts:1", "WWW.nova.example.")]
    [InlineData("Sites:nova:Probe:Host", "no host")]
    [InlineData("Sites:nova:Probe:Statuses:0", "2xx")]
    [InlineData("Sites:nova:Probe:Header", ": ok")]
    [InlineData("Sites:nova:LiveOnly:0", "admin")]
    [InlineData("Sites:nova:LiveOnly:0", "/admin?x=1")]
    [InlineData("Sites:nova:SnapshotFirst:0", "/../x")]
    [InlineData("Sites:nova:CoveredHeadersTimeout", "00:00:01")]
    [InlineData("Sites:nova:Probe:Path", "health")]
    [InlineData("Sites:nova:Probe:Path", "/../x")]
    [InlineData("Sites:nova:Probe:Path", "")]
    [InlineData("Live:TryTimeout", "")]
    [InlineData("Live", "fast")]
    [InlineData("Sites:mira", null)]
    [InlineData("Sites:mira", "x")]
    public void One_error_is_one_message_with_its_key(string key, string? value)
    {
        var settings = Some.Settings();
        settings[key] = value;

        var (_, errors) = Some.Read(settings);

        Assert.NotEmpty(errors);
        var withoutIndex = key.Split(':').TakeWhile(part => !int.TryParse(part, out _));
        Assert.All(errors.Take(1), error => Assert.StartsWith($"EdgeHost:{string.Join(':', withoutIndex)}", error, StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("5", "5")]
    [InlineData("25", "5")]
    public void A_ramp_that_does_not_rise_is_an_error(string first, string second)
    {
        var settings = Some.Settings();
        (settings["Switching:Ramp:0"], settings["Switching:Ramp:1"]) = (first, second);

        Assert.StartsWith("EdgeHost:Switching:Ramp: ", Assert.Single(Some.Read(settings).Errors), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("PublicUrl", "http://*:80")]
    [InlineData("PublicUrl", "https://[::]:443")]
    [InlineData("TrustedProxies:0", "10.0.0.0/8")]
    [InlineData("TrustedProxies:0", "::1")]
    [InlineData("AccessLog:Path", "")]
    [InlineData("Store:Location", "s3://bucket/prefix")]
    [InlineData("Store:PathStyle", "")]
    [InlineData("Store:PathStyle", "true")]
    [InlineData("Snapshots:MaxAge", "00:00:00")]
    [InlineData("Live:MaxTries", "0")]
    [InlineData("Switching:SuspectDwell", "00:00:00")]
    [InlineData("Switching:Ramp:0", "50")]
    [InlineData("Live", null)]
    [InlineData("Live:TryTimeout", null)]
    [InlineData("Sites:nova:Name", null)]
    [InlineData("Sites:nova:Probe:Path", null)]
    [InlineData("sites:NOVA:snapshotmiss", "notfound")]
    [InlineData("Sites:nova:Hosts:1", "*.nova.example")]
    [InlineData("Sites:nova:Probe:Path", "/health?deep=1")]
    public void What_is_right_is_taken(string key, string? value)
    {
        var settings = Some.Settings();
        settings[key] = value;

        Assert.Empty(Some.Read(settings).Errors);
    }

    [Fact]
    public void Two_sites_may_not_claim_one_host()
    {
        var settings = Some.Settings();
        settings["Sites:mira:Hosts:0"] = "WWW.Nova.example";
        settings["Sites:mira:Origin"] = "platform";

        Assert.Contains("claimed by the site", Assert.Single(Some.Read(settings).Errors), StringComparison.Ordinal);
    }

    [Fact]
    public void Nothing_at_all_names_what_is_needed()
    {
        var (_, errors) = EdgeConfiguration.Read(new ConfigurationManager());

        Assert.Contains(errors, error => error.StartsWith("EdgeHost:Sites: is empty", StringComparison.Ordinal));
        Assert.Contains(errors, error => error.StartsWith("EdgeHost:Origins: is empty", StringComparison.Ordinal));
        Assert.Contains(errors, error => error.StartsWith("EdgeHost:Store:Location", StringComparison.Ordinal));
        Assert.Equal(3, errors.Count);
    }

    [Theory]
    [InlineData("""{ "EdgeHost": { "Sites": { "nova": null }, "Live": null, "TrustedProxies": [] } }""")]
    [InlineData("""{ "EdgeHost": { "Sites": { "nova": {} }, "Origins": { "platform": {} } } }""")]
    [InlineData("""{ "EdgeHost": { "Sites": { "nova": { "Hosts": [ null ], "Origin": null, "Probe": { "Path": null } } } } }""")]
    [InlineData("""{ "EdgeHost": { "Sites": { "nova": { "Hosts": "www.nova.example", "Origin": [ "platform" ] } } } }""")]
    [InlineData("""{ "EdgeHost": { "Sites": [], "Origins": 5, "Management": [ 1 ], "Store": { "Location": { "a": 1 } } } }""")]
    [InlineData("""{ "EdgeHost": null }""")]
    [InlineData("""{ "EdgeHost": [] }""")]
    public void Odd_JSON_is_an_error_and_not_a_crash(string json)
    {
        var configuration = new ConfigurationManager();
        using var stream = new MemoryStream(System.Text.Encoding.UTF8.GetBytes(json));
        configuration.AddJsonStream(stream);

        Assert.NotEmpty(EdgeConfiguration.Read(configuration).Errors);
    }
}
