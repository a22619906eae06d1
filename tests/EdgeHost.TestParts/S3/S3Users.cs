using System.Diagnostics;
using Amazon.Runtime;
using EdgeHost.TestParts.Files;

namespace EdgeHost.TestParts.S3;

/// <summary>Users of the engine who have no rights of their own: given in the environment, or made by the script that started the engine.</summary>
public static class S3Users
{
    public static async Task<AWSCredentials> CredentialsAsync(string name, CancellationToken cancellationToken)
    {
        var variable = $"S3_{name.ToUpperInvariant()}_";
        if (Environment.GetEnvironmentVariable(variable + "ACCESS_KEY") is { Length: > 0 } access && Environment.GetEnvironmentVariable(variable + "SECRET_KEY") is { Length: > 0 } secret)
        {
            return new BasicAWSCredentials(access, secret);
        }

        Assert.SkipUnless(S3Server.DataDirectory is not null, $"S3 user '{name}': neither {variable}ACCESS_KEY and {variable}SECRET_KEY nor S3_DATA_DIR are set");
        var start = new ProcessStartInfo(Repository.PathOf("tests", "s3", "start-ceph-s3.sh"), ["user", S3Server.DataDirectory!, name]) { RedirectStandardOutput = true };
        using var script = Process.Start(start)!;
        var output = await script.StandardOutput.ReadToEndAsync(cancellationToken);
        await script.WaitForExitAsync(cancellationToken);
        Assert.Equal(0, script.ExitCode);
        var keys = output.Split('\n', StringSplitOptions.RemoveEmptyEntries).Select(line => line[(line.IndexOf('=', StringComparison.Ordinal) + 1)..]).ToArray();
        return new BasicAWSCredentials(keys[0], keys[1]);
    }
}
