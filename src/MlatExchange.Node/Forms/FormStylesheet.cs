using System.Text;
using MlatExchange.Domain.Forms;

namespace MlatExchange.Node.Forms;

/// <summary>The style sheet that forms link to; it holds nothing of a case, so anyone may read it.</summary>
public static class FormStylesheet
{
    public static void Map(IEndpointRouteBuilder routes) => routes
        .MapGet(FormHtml.StylesheetPath, (FormFiles files) => Results.Text(files.Stylesheet, "text/css", Encoding.UTF8)).AllowAnonymous().ExcludeFromDescription();
}
