using System.CommandLine;
using System.CommandLine.Parsing;

namespace EdgeHost.Demo.Platform;

internal static class PlatformCommand
{
    public static Command Create()
    {
        var url = new Option<Uri>("--url")
        {
            Description = "Where the platform listens.",
            Required = true,
            CustomParser = Parse,
        };

        var command = new Command("platform", "Runs the demonstration platform alone: three agencies, chosen by the Host header.") { url };
        command.SetAction(async (arguments, cancellationToken) =>
        {
            await using var app = PlatformApplication.Build(arguments.GetRequiredValue(url));
            await app.StartAsync(cancellationToken);
            try
            {
                await app.WaitForShutdownAsync(cancellationToken);
            }
            finally
            {
                await app.StopAsync(CancellationToken.None);
            }

            return 0;
        });
        return command;
    }

    private static Uri? Parse(ArgumentResult argument)
    {
        var text = argument.Tokens[0].Value;
        if (Uri.TryCreate(text, UriKind.Absolute, out var url) && url.Scheme == Uri.UriSchemeHttp)
        {
            return url;
        }

        argument.AddError($"'{text}' is not an address such as http://127.0.0.1:5000.");
        return null;
    }
}
