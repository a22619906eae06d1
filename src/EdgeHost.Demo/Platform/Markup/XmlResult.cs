using System.Text;
using System.Xml;
using System.Xml.Linq;

namespace EdgeHost.Demo.Platform.Markup;

internal sealed class XmlResult(XDocument document, string mediaType) : IResult
{
    private static readonly XmlWriterSettings Settings = new()
    {
        Encoding = new UTF8Encoding(encoderShouldEmitUTF8Identifier: false),
        Indent = true,
        NewLineChars = "\n",
    };

    public Task ExecuteAsync(HttpContext httpContext)
    {
        using var body = new MemoryStream();
        using (var writer = XmlWriter.Create(body, Settings))
        {
            document.Save(writer);
        }

        var response = httpContext.Response;
        response.ContentType = $"{mediaType}; charset=utf-8";
        response.ContentLength = body.Length;
        response.Headers.CacheControl = "no-cache";
        return response.Body.WriteAsync(body.ToArray(), httpContext.RequestAborted).AsTask();
    }
}
