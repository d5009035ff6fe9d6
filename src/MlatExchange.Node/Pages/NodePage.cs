using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.Filters;
using Microsoft.AspNetCore.Mvc.RazorPages;
using MlatExchange.Node.Access;

namespace MlatExchange.Node.Pages;

/// <summary>Something in the way of what was asked for, as the summary at the top of a page lists it.</summary>
/// <param name="Field">Id of the field it belongs to; the form as a whole when there is none.</param>
public sealed record Fault(string Field, string Text);

/// <summary>What all pages share: the reader, the routes called for them, and what is at fault.</summary>
public abstract class NodePage : PageModel
{
    /// <summary>Id of the form when a fault belongs to no field of it.</summary>
    public const string WholeForm = "form";

    private Caller? me;

    public Caller Me => me ??= Caller.Of(User);

    public List<Fault> Faults { get; } = [];

    public Zone Zone => HttpContext.RequestServices.GetRequiredService<Zone>();

    public DateTimeOffset Now => HttpContext.RequestServices.GetRequiredService<TimeProvider>().GetUtcNow();

    /// <summary>What was just done, as a code in the address: nothing of a case stands in a cookie or an address.</summary>
    [BindProperty(SupportsGet = true, Name = "done")]
    public string? Done { get; set; }

    /// <summary>Steps that bind an authority: they need a fresh sign-in (<see cref="Session.Fresh"/>).</summary>
    private static readonly string[] Binding = ["Approve", "Sign", "Validate", "Decide", "Offer", "Accept"];

    /// <summary>Whether the reader must sign in anew before the step is done.</summary>
    public bool MustSignInAnew { get; private set; }

    /// <summary>A step that binds is not done for whoever left a browser open: the page comes back and says what to do.</summary>
    public override async Task OnPageHandlerExecutionAsync(PageHandlerExecutingContext context, PageHandlerExecutionDelegate next)
    {
        if (HttpMethods.IsPost(Request.Method) && Binding.Contains(context.HandlerMethod?.Name) && !await Session.IsFresh(HttpContext, Now))
        {
            MustSignInAnew = true;
            Response.StatusCode = StatusCodes.Status403Forbidden;
            context.Result = await Again() ?? StatusCode(StatusCodes.Status403Forbidden);
            return;
        }
        await next();
    }

    /// <summary>The page as it is shown before a step; null where the page has no step that binds.</summary>
    protected virtual Task<IActionResult?> Again() => Task.FromResult<IActionResult?>(null);

    public bool Has(params string[] roles) => roles.Any(Me.Has);

    public string? FaultOf(string field) => Faults.FirstOrDefault(fault => fault.Field == field)?.Text;

    /// <summary>The value of a form's field as it was sent, so that nothing is lost when a form comes back.</summary>
    public string Sent(string field) => HttpMethods.IsPost(Request.Method) && Request.HasFormContentType ? Request.Form[field].ToString().Trim() : "";

    public Task<Answer> Get(string route, object? values = null, string query = "", params (string Name, string Value)[] headers) => Calls.Call(HttpContext, "GET", route, values, null, query, headers);

    public Task<Answer> Post(string route, object? values = null, object? body = null, params (string Name, string Value)[] headers) => Calls.Call(HttpContext, "POST", route, values, body, "", headers);

    private protected RouteCalls Calls => HttpContext.RequestServices.GetRequiredService<RouteCalls>();

    /// <summary>Notes why a route refused: each member at fault at its field, or the rule for the form as a whole.</summary>
    /// <param name="field">From a JSON pointer to the id of a field; the form as a whole when null.</param>
    protected void Note(Answer refused, Func<string, string?>? field = null)
    {
        if (refused.Body["errors"].Items is { Count: > 0 } errors)
            Faults.AddRange(errors.Select(error => new Fault(field?.Invoke(error["pointer"].Text) ?? WholeForm, Words.T(error["sentence"].Text))));
        else
            Faults.Add(new(WholeForm, refused.Status == StatusCodes.Status403Forbidden && !refused.Body.Exists
                ? Words.T("Your role does not allow this.")
                : Words.T(refused.Body["detail"].Text) + (refused.Body["source"].Text is { Length: > 0 } source && source != "design" ? $" ({source})" : "")));
        Response.StatusCode = refused.Status;
    }

    /// <summary>The page of this status: not found, not yours, gone.</summary>
    protected static StatusCodeResult Trouble(Answer refused) => new(refused.Status);

    /// <summary>Where a step leads: back to the page when it was done, to the page of trouble when the case is lost to the reader; null when the form is shown again with what is at fault.</summary>
    /// <param name="field">As for <see cref="Note"/>.</param>
    protected IActionResult? Out(Answer answer, string address, string done, Func<string, string?>? field)
    {
        if (answer.Ok) return To(address, done);
        if (answer.Status is StatusCodes.Status404NotFound or StatusCodes.Status410Gone || (answer.Status == StatusCodes.Status403Forbidden && answer.Body.Exists)) return Trouble(answer);
        Note(answer, field);
        return null;
    }

    /// <summary>Back to a page with the code of what was done, so that reloading repeats nothing.</summary>
    protected LocalRedirectResult To(string address, string done) => LocalRedirect($"{address}{(address.Contains('?', StringComparison.Ordinal) ? '&' : '?')}done={done}");
}
