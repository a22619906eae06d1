using System.Text;
using StaticExport.Fetching;
using Xunit;

namespace StaticExport.Tests.Fetching;

public sealed class DispositionTests
{
    [Theory]
    [InlineData("attachment; filename=\"plain.pdf\"", "attachment; filename=\"plain.pdf\"")]
    [InlineData("attachment; filename=\"büro.pdf\"", "attachment; filename*=UTF-8''b%C3%BCro.pdf")]
    [InlineData("inline; filename=são_paulo.txt;", "inline; filename*=UTF-8''s%C3%A3o_paulo.txt")]
    public void Says_raw_utf8_as_the_rfc_has_it(string sent, string expected) =>
        Assert.Equal(expected, Disposition.Portable(Encoding.Latin1.GetString(Encoding.UTF8.GetBytes(sent))));
}
