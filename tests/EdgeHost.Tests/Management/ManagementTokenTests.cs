using EdgeHost.Configuration;
using EdgeHost.Management;

namespace EdgeHost.Tests.Management;

public sealed class ManagementTokenTests : IDisposable
{
    private readonly Scratch scratch = new();

    private string FilePath => scratch["data/management.token"];

    public void Dispose() => scratch.Dispose();

    [Fact]
    public void Is_generated_once_into_a_file_that_only_this_user_can_read()
    {
        var token = ManagementToken.Open(new ManagementOptions(), scratch["data"]);

        var text = File.ReadAllText(FilePath).Trim();
        if (!OperatingSystem.IsWindows())
        {
            Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, File.GetUnixFileMode(FilePath));
        }

        Assert.Matches("^[0-9a-f]{48}$", text);
        Assert.True(token.Accepts($"Bearer {text}"));
        Assert.True(ManagementToken.Open(new ManagementOptions(), scratch["data"]).Accepts($"Bearer {text}"));
    }

    [Theory]
    [InlineData("Bearer twenty-characters-at-least", true)]
    [InlineData("bearer twenty-characters-at-least", true)]
    [InlineData("Bearer  twenty-characters-at-least ", true)]
    [InlineData("Bearer Twenty-characters-at-least", false)]
    [InlineData("Bearer twenty-characters-at-least-", false)]
    [InlineData("Bearer ", false)]
    [InlineData("Bearer", false)]
    [InlineData("twenty-characters-at-least", false)]
    [InlineData("Basic twenty-characters-at-least", false)]
    [InlineData("", false)]
    [InlineData(null, false)]
    public void Accepts_itself_alone(string? authorization, bool accepted)
    {
        var options = new ManagementOptions { Token = "twenty-characters-at-least" };

        Assert.Equal(accepted, ManagementToken.Open(options, scratch["data"]).Accepts(authorization));
        Assert.False(Directory.Exists(scratch["data"]));
    }

    [Theory]
    [InlineData("")]
    [InlineData("short\n")]
    public void A_file_without_a_token_is_said_to_be(string content)
    {
        Directory.CreateDirectory(scratch["data"]);
        File.WriteAllText(FilePath, content);

        Assert.Contains("remove it", Assert.Throws<IOException>(() => ManagementToken.Open(new ManagementOptions(), scratch["data"])).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_file_that_others_could_read_is_narrowed()
    {
        if (OperatingSystem.IsWindows())
        {
            return;
        }

        Directory.CreateDirectory(scratch["data"]);
        File.WriteAllText(FilePath, "twenty-characters-at-least\n");
        File.SetUnixFileMode(FilePath, (UnixFileMode)0b110_100_100);

        Assert.True(ManagementToken.Open(new ManagementOptions(), scratch["data"]).Accepts("Bearer twenty-characters-at-least"));

        Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, File.GetUnixFileMode(FilePath));
    }
}
