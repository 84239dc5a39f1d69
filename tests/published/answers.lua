-- For wrk: asks for addresses in turn, and counts the answers that are none of those it is given.
-- Arguments: addresses, and answers as "200 /path/of/the/body"; codings as "coding gzip".

local threads = {}

function setup(thread)
   table.insert(threads, thread)
end

function init(arguments)
   asked, known, number = {}, {}, 0
   answered, wrong = 0, 0
   local addresses, codings = {}, { "identity" }
   for _, argument in ipairs(arguments) do
      local word, rest = argument:match("^(%S+) (.+)$")
      if word == "coding" then
         table.insert(codings, rest)
      elseif word then
         local file = assert(io.open(rest, "rb"))
         known[word .. file:read("*a")] = true
         file:close()
      else
         table.insert(addresses, argument)
      end
   end
   for _, address in ipairs(addresses) do
      for _, coding in ipairs(codings) do
         table.insert(asked, wrk.format("GET", address, { ["Accept-Encoding"] = coding }))
      end
   end
end

function request()
   number = number + 1
   return asked[number % #asked + 1]
end

function response(status, _, body)
   answered = answered + 1
   if not known[status .. body] then
      wrong = wrong + 1
   end
end

function done(summary)
   local failed = summary.errors.connect + summary.errors.read + summary.errors.write
   failed = failed + summary.errors.timeout
   local answers, others = 0, 0
   for _, thread in ipairs(threads) do
      answers = answers + thread:get("answered")
      others = others + thread:get("wrong")
   end
   io.write(string.format('\n{"answered": %d, "failed": %d, "wrong": %d}\n', answers, failed, others))
end
