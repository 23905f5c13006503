// The rest of the program is an example of a page, in a file beside this one.
Console.WriteLine("never built");
