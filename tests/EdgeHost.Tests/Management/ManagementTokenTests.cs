using EdgeHost.Configuration;
using EdgeHost.Management;

namespace EdgeHost.Tests.Management;

public sealed class ManagementTokenTests : IDisposable
{
    private readonly Scratch scratch = new();

    public void Dispose() => scratch.Dispose();

    [Fact]
    public void Is_generated_once_into_a_file_that_only_this_user_can_read()
    {
        var options = new EdgeOptions { DataDirectory = scratch["data"] };

        var token = ManagementToken.Open(options);

        var text = File.ReadAllText(ManagementToken.PathIn(options.DataDirectory)).Trim();
        if (!OperatingSystem.IsWindows())
        {
            Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, File.GetUnixFileMode(ManagementToken.PathIn(options.DataDirectory)));
        }

        Assert.Matches("^[0-9a-f]{48}$", text);
        Assert.True(token.Accepts($"Bearer {text}"));
        Assert.True(ManagementToken.Open(options).Accepts($"Bearer {text}"));
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
        var options = new EdgeOptions { DataDirectory = scratch["data"] };
        options.Management.Token = "twenty-characters-at-least";

        Assert.Equal(accepted, ManagementToken.Open(options).Accepts(authorization));
        Assert.False(Directory.Exists(scratch["data"]));
    }

    [Theory]
    [InlineData("")]
    [InlineData("short\n")]
    public void A_file_without_a_token_is_said_to_be(string content)
    {
        Directory.CreateDirectory(scratch["data"]);
        File.WriteAllText(ManagementToken.PathIn(scratch["data"]), content);

        Assert.Contains("remove it", Assert.Throws<IOException>(() => ManagementToken.Open(new EdgeOptions { DataDirectory = scratch["data"] })).Message, StringComparison.Ordinal);
    }
}
