using StaticExport.Publish;
using Xunit;

namespace StaticExport.Tests.Publish;

public sealed class SettingsReadingTests
{
    private static readonly SiteFile Good = new() { Site = "nova", Origin = "http://127.0.0.1:8080", Host = "nova.example" };

    [Fact]
    public void Lists_everything_that_is_wrong()
    {
        var (settings, faults) = new SettingsReading(new SiteFile
        {
            Site = "No Va",
            Origin = "http://127.0.0.1/path",
            Scheme = "ftp",
            Alias = ["a b"],
            Exclude = ["x"],
            Volatile = ["("],
            MaxBytes = "many",
            PageTimeout = "0s",
            Concurrency = 1000,
        }).Read();

        Assert.Null(settings);
        Assert.Equal(10, faults.Count);
        Assert.Contains(faults, fault => fault.Contains("--host is missing", StringComparison.Ordinal));
    }

    [Fact]
    public void Gives_aliases_the_hosts_port()
    {
        var (settings, _) = new SettingsReading(Good with { Host = "nova.localhost:5080", Scheme = "http", Alias = ["www.nova.localhost", "b.localhost:81"] }).Read();

        Assert.Equal(["www.nova.localhost:5080", "b.localhost:81"], settings!.Aliases.Select(alias => alias.ToString()));
    }

    [Fact]
    public void Refuses_a_host_that_is_named_twice() => Assert.Single(new SettingsReading(Good with { Alias = ["NOVA.example."] }).Read().Faults);

    [Theory]
    [InlineData("20GiB", 20L << 30)]
    [InlineData("1.5 MiB", 3L << 19)]
    [InlineData("5000", 5000)]
    [InlineData("30000000000", 30_000_000_000)]
    [InlineData("2MB", 2_000_000)]
    public void Reads_bytes_as_people_write_them(string text, long bytes) => Assert.Equal((true, bytes), (Quantity.TryBytes(text, out var read), read));

    [Theory]
    [InlineData("500ms", 0.5)]
    [InlineData("30s", 30)]
    [InlineData("10m", 600)]
    [InlineData("6h", 21600)]
    public void Reads_times_as_people_write_them(string text, double seconds) => Assert.Equal((true, TimeSpan.FromSeconds(seconds)), (Quantity.TryTime(text, out var read), read));

    [Theory]
    [InlineData("30")]
    [InlineData("s")]
    [InlineData("-5s")]
    public void Refuses_times_without_a_unit(string text) => Assert.False(Quantity.TryTime(text, out _));

    [Fact]
    public void Tells_an_amount_that_no_number_holds_from_one_that_is_none()
    {
        var (_, faults) = new SettingsReading(Good with { MaxTime = "99999999999999999999h", MaxBytes = "99999999999999999999GiB" }).Read();

        Assert.Equal(2, faults.Count);
        Assert.Contains(faults, fault => fault.StartsWith("--max-time 99999999999999999999h is out of range", StringComparison.Ordinal));
    }

    [Fact]
    public void Reads_a_site_file_and_refuses_unknown_keys()
    {
        var path = Path.GetTempFileName();
        try
        {
            File.WriteAllText(path, """{ "site": "nova", "exclude": ["?do=*"], "max-pages": 7, /* why */ }""");
            var file = SiteFile.Read(path).File!;
            Assert.Equal(("nova", 7, "?do=*"), (file.Site, file.MaxPages, file.Exclude.Single()));

            File.WriteAllText(path, """{ "maxpages": 7 }""");
            Assert.Contains("maxpages", SiteFile.Read(path).Fault, StringComparison.Ordinal);
        }
        finally
        {
            File.Delete(path);
        }
    }
}
