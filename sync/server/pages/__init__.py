"""The office's pages: made on the server, plain links and forms, nothing from elsewhere; JavaScript is not needed."""
