using System.Text;
using System.Text.Encodings.Web;

namespace EdgeHost.Unavailable;

/// <summary>The page that a visitor gets when neither origin nor snapshot can answer: whose site it is, that it will be back, and nothing of how we are built.</summary>
internal static class UnavailablePage
{
    public static byte[] Render(string siteName, bool maintenance, bool isRead)
    {
        var name = HtmlEncoder.Default.Encode(siteName);
        var (title, text) = (maintenance, isRead) switch
        {
            (true, _) => ("Maintenance", "The site is being worked on and will be back shortly."),
            (_, false) => ("Not sent", "The site cannot take entries at the moment. What you sent was not received. Please keep it and send it again a little later."),
            _ => ("Back soon", "This page cannot be shown at the moment. Please try again in a little while."),
        };
        return Encoding.UTF8.GetBytes($$"""
            <!DOCTYPE html>
            <html lang="en">
            <head>
            <meta charset="utf-8">
            <meta name="viewport" content="width=device-width, initial-scale=1">
            <meta name="robots" content="noindex">
            <title>{{title}} – {{name}}</title>
            <style>
            :root { color-scheme: light dark }
            body { margin: 0; min-height: 100vh; display: grid; place-items: center; font: 1.125rem/1.6 system-ui, sans-serif; background: #f6f7f9; color: #1b2430 }
            main { max-width: 32rem; padding: 2rem }
            h1 { font-size: 1.75rem; line-height: 1.25; margin: 0 0 .75rem }
            p { margin: 0 0 1rem }
            @media (prefers-color-scheme: dark) { body { background: #12161c; color: #e6eaf0 } }
            </style>
            </head>
            <body>
            <main>
            <p>{{name}}</p>
            <h1>{{title}}</h1>
            <p>{{text}}</p>
            </main>
            </body>
            </html>

            """);
    }
}
